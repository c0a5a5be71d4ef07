/** Reports of providers that know a message by an id of their own. */
package dev.carillon.report;
