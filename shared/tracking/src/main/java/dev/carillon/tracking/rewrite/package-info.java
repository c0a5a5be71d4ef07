/**
 * Puts tracked links in the place of an author's in what a message says. Everything else stays as
 * it was, byte for byte: the new addresses are set into the text that was given, nothing is written
 * anew.
 */
package dev.carillon.tracking.rewrite;
