"""What stands before every address: log, headers, limits. Plain ASGI, since a request passes all of them."""
