/** What a step does of a run, decided from what is known and nothing else. */
package dev.carillon.run.decision;
