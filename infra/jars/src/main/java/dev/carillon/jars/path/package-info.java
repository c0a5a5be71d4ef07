/** A class path: what its classes have, and what their code uses. */
package dev.carillon.jars.path;
