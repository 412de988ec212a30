"""Official scoring tables as people keep them in Excel: from a workbook to a framework, and back."""
