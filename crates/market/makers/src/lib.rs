#![doc = include_str!("../README.md")]

pub mod businesses;
pub mod licences;
pub mod photos;
pub mod pricing;
pub mod products;
pub mod reference;
pub mod stories;

pub use businesses::{BusinessId, BusinessState, HomeBusiness, OpenBusiness, WorkMode};
pub use licences::{Licence, LicenceId, LicenceKind, RecordLicence};
pub use photos::{AddPhoto, PhotoId};
pub use products::{
    ApproveProduct, ChangeProduct, CreateProduct, Product, ProductFacts, ProductId, ProductState,
    RetireProduct, ReturnProduct, SaleUnit, SetPrice, SubmitProduct, get_product, is_for_sale,
    unsellable,
};

use access::{Permission, Role};

/// Sees product files and makers' businesses.
pub const PRODUCT_READ: Permission = Permission::new(
    "product.read",
    &[Role::ProductOfficer, Role::ShopManager, Role::ShopClerk],
);
/// Enters and corrects product files, businesses and licences.
pub const PRODUCT_CHANGE: Permission =
    Permission::new("product.change", &[Role::ProductOfficer, Role::ShopManager]);
/// Approves products for sale, sends them back, takes approval away.
pub const PRODUCT_APPROVE: Permission = Permission::new("product.approve", &[Role::ProductOfficer]);
