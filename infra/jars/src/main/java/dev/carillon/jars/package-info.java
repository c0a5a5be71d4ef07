/**
 * Packs each function into the jar that is deployed, with what its handler can reach and no more.
 */
package dev.carillon.jars;
