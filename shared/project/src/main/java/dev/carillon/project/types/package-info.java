/** Types of what workflows are triggered with. */
package dev.carillon.project.types;
