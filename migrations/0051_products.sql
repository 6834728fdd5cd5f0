-- The next number of a series that belongs to no shop.
CREATE TABLE product_series (
    name text NOT NULL PRIMARY KEY,
    last_number bigint NOT NULL CONSTRAINT ck_product_series_last CHECK (last_number BETWEEN 1 AND 1073741823)
);

-- A product's file. What a state demands is demanded here: nothing is approved without photo,
-- price, category, tax class and, for food, what its label must say.
CREATE TABLE product (
    id uuid NOT NULL PRIMARY KEY,
    number bigint NOT NULL CONSTRAINT ck_product_number CHECK (number BETWEEN 1 AND 1073741823),
    code text NOT NULL,
    contact_id uuid NOT NULL REFERENCES contact (id),
    organization_id uuid REFERENCES organization (id),
    name_fa text NOT NULL,
    name_en text NOT NULL,
    search_text text NOT NULL,
    category_code text REFERENCES category (code),
    description text NOT NULL,
    price bigint CONSTRAINT ck_product_price CHECK (price > 0),
    sale_unit text NOT NULL CONSTRAINT ck_product_unit CHECK (sale_unit IN ('piece', 'pair', 'set', 'pack', 'jar', 'kilogram')),
    tax_class text REFERENCES tax_class (code),
    is_food boolean NOT NULL,
    materials text NOT NULL,
    weight text NOT NULL,
    ingredients text NOT NULL,
    storage text NOT NULL,
    hygiene_number text NOT NULL,
    ready_count bigint NOT NULL CONSTRAINT ck_product_ready CHECK (ready_count BETWEEN 0 AND 100000),
    photo_id uuid,
    state text NOT NULL CONSTRAINT ck_product_state CHECK (state IN ('draft', 'submitted', 'approved', 'returned_for_fix', 'retired')),
    state_note text NOT NULL,
    entered_by uuid REFERENCES user_account (id),
    approved_by uuid REFERENCES user_account (id),
    approved_at timestamptz,
    made_at timestamptz NOT NULL,
    -- Counts changes; whoever changes a file says which version was read.
    version bigint NOT NULL,
    CONSTRAINT ck_product_complete CHECK (state NOT IN ('submitted', 'approved') OR (
        name_fa <> '' AND photo_id IS NOT NULL AND price IS NOT NULL
        AND category_code IS NOT NULL AND tax_class IS NOT NULL)),
    CONSTRAINT ck_product_food_label CHECK (state <> 'approved' OR NOT is_food OR (
        hygiene_number <> '' AND weight <> '' AND ingredients <> '' AND storage <> '')),
    CONSTRAINT ck_product_approved CHECK (state <> 'approved' OR (approved_by IS NOT NULL AND approved_at IS NOT NULL)),
    CONSTRAINT ck_product_second_hand CHECK (approved_by IS NULL OR entered_by IS NULL OR approved_by <> entered_by),
    CONSTRAINT ck_product_return_reason CHECK (state <> 'returned_for_fix' OR state_note <> '')
);
CREATE UNIQUE INDEX ux_product_number ON product (number);
CREATE UNIQUE INDEX ux_product_code ON product (code);
CREATE INDEX ix_product_contact ON product (contact_id, id);
CREATE INDEX ix_product_state ON product (state, id);
CREATE INDEX ix_product_approved ON product (approved_at);
CREATE INDEX ix_product_organization ON product (organization_id, id);

-- Every member of the staff who wrote in a file: none of them approves it.
CREATE TABLE product_writer (
    product_id uuid NOT NULL REFERENCES product (id),
    user_id uuid NOT NULL REFERENCES user_account (id),
    PRIMARY KEY (product_id, user_id)
);

-- Pictures, already resized and without metadata.
CREATE TABLE photo (
    id uuid NOT NULL PRIMARY KEY,
    product_id uuid NOT NULL REFERENCES product (id),
    picture bytea NOT NULL,
    width bigint NOT NULL,
    height bigint NOT NULL,
    small_picture bytea NOT NULL,
    small_width bigint NOT NULL,
    small_height bigint NOT NULL,
    uploaded_by uuid REFERENCES user_account (id),
    made_at timestamptz NOT NULL
);
CREATE UNIQUE INDEX ux_photo_product ON photo (product_id, id);

-- Every price a product ever had. A sale keeps its own; this tells since when.
CREATE TABLE product_price (
    id uuid NOT NULL PRIMARY KEY,
    product_id uuid NOT NULL REFERENCES product (id),
    price bigint NOT NULL CONSTRAINT ck_product_price_amount CHECK (price > 0),
    since timestamptz NOT NULL,
    changed_by text NOT NULL
);
CREATE INDEX ix_product_price_product ON product_price (product_id, id);
append_only product_price;

-- What happened to a product's file, in order.
CREATE TABLE product_event (
    id uuid NOT NULL PRIMARY KEY,
    product_id uuid NOT NULL REFERENCES product (id),
    state text NOT NULL,
    note text NOT NULL,
    actor text NOT NULL,
    happened_at timestamptz NOT NULL
);
CREATE INDEX ix_product_event_product ON product_event (product_id, id);
append_only product_event;

CREATE VIEW product_card AS SELECT id, number, code, contact_id, name_fa, name_en, search_text,
    category_code AS category, price, sale_unit, state, is_food, tax_class, photo_id, approved_at
    FROM product;
