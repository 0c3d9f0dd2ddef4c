"""The first version of the API: a router a matter, put together in ``whole``."""
