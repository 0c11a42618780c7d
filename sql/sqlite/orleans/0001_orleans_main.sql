-- Orleans reads the statements it runs from this table, once, when a silo starts. What binds is the keys of the rows, the names of the
-- parameters and the names of the columns they return (Orleans 10.4); tables and statements are ours.
-- In a file of its own, orleans.db: Orleans writes from its grains' threads and must not wait there for the journal's transactions.
CREATE TABLE OrleansQuery (
  QueryKey  TEXT NOT NULL PRIMARY KEY,
  QueryText TEXT NOT NULL
);
