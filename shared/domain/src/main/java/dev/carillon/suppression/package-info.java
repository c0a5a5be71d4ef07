/** Email addresses that get no more mail. */
package dev.carillon.suppression;
