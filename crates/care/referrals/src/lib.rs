//! Chain templates, legs, clocks, partner links, data parcels.
