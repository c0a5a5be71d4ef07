/** Who changed what of an environment, when and from where. */
package dev.carillon.change;
