"""What a person reads: results as a workbook and as files of other kinds."""
