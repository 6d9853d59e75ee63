"""Reading: files to documents to attributed claims with facts."""
