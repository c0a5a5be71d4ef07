/** Batches, events that are waited for, and the timers of a run. */
package dev.carillon.functions.steps.waiting;
