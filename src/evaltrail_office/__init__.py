"""The office: what people do about what papers say. A Django project on top of the library ``evaltrail``."""
