/** Broadcasts in memory. */
package dev.carillon.memory.broadcast;
