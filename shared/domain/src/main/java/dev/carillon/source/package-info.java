/** Sources: where events of other systems come in, and what each is made to do. */
package dev.carillon.source;
