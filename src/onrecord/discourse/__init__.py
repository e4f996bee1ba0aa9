"""Coded statements as discourse networks: ties, coalitions, positions, agreement."""
