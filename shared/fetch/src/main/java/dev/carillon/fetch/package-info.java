/** Asking a customer's service: what fetch steps do, and whoever tries one alone. */
package dev.carillon.fetch;
