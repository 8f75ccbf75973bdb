"""Lossbook: loss functions and networks in a Java notebook. This package brings the kernel and the course to Jupyter."""
