"""Files, feeds and addresses as documents; records and codings as statements."""
