/** How a trigger is accepted, by whichever interface it comes. */
package dev.carillon.accept;
