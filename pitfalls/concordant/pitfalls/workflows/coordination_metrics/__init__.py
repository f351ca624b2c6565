"""What goes wrong with metrics: `CoordinationMetrics` of the documents, defect by defect, and slips in ours."""
