/** Follows tracked links and shows open pixels. */
package dev.carillon.functions.tracking;
