/** Short lists that a team keeps of what it works with. */
package dev.carillon.catalog;
