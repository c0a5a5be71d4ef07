/** Asking a customer's service: what fetch steps do, and what tries one alone. */
package dev.carillon.fetch;
