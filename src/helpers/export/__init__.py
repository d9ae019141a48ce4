"""The disclosure as an office publishes it (docx, xlsx, pdf, html), without the review; and the letter of findings."""
