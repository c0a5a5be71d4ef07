/** Dates as Ruby reads and writes them. */
package dev.carillon.template.liquid.date;
