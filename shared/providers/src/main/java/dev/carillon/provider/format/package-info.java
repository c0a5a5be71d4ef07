/** The forms of bodies that providers take. */
package dev.carillon.provider.format;
