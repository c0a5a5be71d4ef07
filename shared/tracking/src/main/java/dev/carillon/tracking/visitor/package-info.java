/** Who follows a link or loads a pixel: a person, or a machine on its way. */
package dev.carillon.tracking.visitor;
