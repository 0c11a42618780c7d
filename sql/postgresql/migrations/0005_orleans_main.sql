-- Orleans reads the statements it runs from this table, once, when a silo starts. What binds is the keys of the rows, the names of the
-- parameters and the names of the columns they return (Orleans 10.4); tables and statements are ours.
CREATE TABLE OrleansQuery (
  QueryKey  varchar(64) NOT NULL PRIMARY KEY,
  QueryText text        NOT NULL
);
