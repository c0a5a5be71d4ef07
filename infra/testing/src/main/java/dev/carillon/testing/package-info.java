/**
 * Carillon in one process, for tests: the real handlers of every function on ports in memory, fed
 * with the events that Lambda would bring them, under a clock that moves only when told to.
 */
package dev.carillon.testing;
