/** Triggers, the pages of their recipients, and the runs they started. */
package dev.carillon.memory.run;
