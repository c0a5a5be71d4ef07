/** Removes what is kept beside a deleted recipient, and what its runs and triggers know of it. */
package dev.carillon.functions.fanout.erase;
