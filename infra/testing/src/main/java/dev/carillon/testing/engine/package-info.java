/**
 * The engine in one process, and what one says to it: the real handlers on ports in memory, calls
 * that go through the routes, tasks that are received in batches, a clock that moves only when
 * told. {@link dev.carillon.testing.Carillon} is enough for testing workflows; this is for tests
 * that put something between the functions and their ports.
 */
package dev.carillon.testing.engine;
