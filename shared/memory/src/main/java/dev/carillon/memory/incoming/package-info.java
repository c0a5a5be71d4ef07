/** Sources and what came in by them, in memory. */
package dev.carillon.memory.incoming;
