"""How good and how fast, as ratios to a named peer in one run.

`make bench` runs all; `python -m benches NAME ...` runs some. A bench is a module here with a `main()` that prints its
lines through `measure`; a figure that falls short is printed like every other.
"""
