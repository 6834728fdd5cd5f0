//! Typst and raster: turns a paper value into PDF and images.
