/** How long the two things take that every message costs: deciding a step, rendering a mail. */
package dev.carillon.bench;
