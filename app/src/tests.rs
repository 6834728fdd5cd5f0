//! What holds for every declared route of the house.

mod bad_input;
mod cities;
mod deciding;
mod doors;
mod everyone;
mod following;
mod keys;
mod mine;
mod networks;
mod staff_list;
