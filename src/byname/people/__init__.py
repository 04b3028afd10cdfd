"""Records -> people: features, candidate pairs, model, clusters, reasons, evaluation."""
