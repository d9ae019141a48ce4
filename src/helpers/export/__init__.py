"""The disclosure as an office publishes it: docx, xlsx, pdf, html. Nothing of the review is in them."""
