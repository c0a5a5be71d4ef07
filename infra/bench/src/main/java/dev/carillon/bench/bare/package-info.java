/**
 * What the functions are measured against: a handler that makes calls of AWS and does nothing else.
 * It is packed with the SDK alone, so nothing here names anything else of ours.
 */
package dev.carillon.bench.bare;
