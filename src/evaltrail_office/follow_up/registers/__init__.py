"""Reading registers: files of rows, what their columns mean, and what each row says once that is known. Nothing here writes."""
