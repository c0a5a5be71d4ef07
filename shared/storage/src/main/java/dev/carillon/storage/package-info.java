/** The ports on AWS: what a function's Wiring takes from {@link dev.carillon.storage.Stores}. */
package dev.carillon.storage;
