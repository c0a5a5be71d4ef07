/**
 * Tracked links and opens: what a link carries, how it is signed, and what a click or an open is
 * worth. Pure but for the ports; the parts that need a parser are in {@code rewrite}.
 */
package dev.carillon.tracking;
