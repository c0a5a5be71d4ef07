/** What waits: timers, listeners, batches, throttles and schedules. */
package dev.carillon.storage.dynamo.waiting;
