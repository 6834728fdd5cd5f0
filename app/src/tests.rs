//! What holds for every declared route of the house.

mod bad_input;
mod cities;
mod doors;
mod everyone;
mod following;
mod mine;
mod staff_list;
mod networks;
