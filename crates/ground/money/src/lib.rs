//! Rial, shares and splits, rounding, tax and commission arithmetic.
