/** The requests that fetch steps of a run made. */
package dev.carillon.run.fetch;
